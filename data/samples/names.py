"""Common Vietnamese names, drawn about as often as people bear them; they name nobody.

Family names with their share of people in percent: the ten most common after Lê Trung Hoa, *Họ và
tên người Việt Nam* (2005), from memory and rounded, the others guessed for central Vietnam. Middle
and given names are common ones, the first of a list the most so. Streets bear the names that
streets bear in every town; villages and bridges are made up.
"""

import numpy as np
from numpy.typing import NDArray

Names = NDArray[np.object_]


def _listed(text: str) -> list[str]:
    return [" ".join(name.split()) for name in text.split(",")]


FAMILY = _listed(
    """
    Nguyễn 37, Trần 11, Lê 10, Phạm 6.5, Hoàng 4, Phan 4.5, Võ 3.4, Đặng 2.2, Bùi 2, Hồ 2.6, Đỗ
    1.6, Ngô 1.7, Dương 1.2, Trương 2, Đoàn 1.2, Huỳnh 1.3, Lý 0.5, Mai 0.9, Cao 0.9, Hà 0.8, Châu
    0.6, Lương 0.7, Đinh 0.8, Thái 0.6, Văn 0.5, Tô 0.3, Đào 0.6, La 0.3
    """
)
MIDDLE_MEN = _listed(
    """
    Văn, Đình, Hữu, Quang, Minh, Ngọc, Công, Đức, Xuân, Thanh, Viết, Bá, Thế, Duy, Quốc, Trọng,
    Anh, Hoàng, Khắc, Tấn
    """
)
MIDDLE_WOMEN = _listed(
    """
    Thị, Thị Thu, Thị Thanh, Thị Ngọc, Thị Kim, Ngọc, Thanh, Thị Bích, Thị Mỹ, Kim, Thị Hồng, Thị
    Minh, Thị Xuân, Thu, Thị Phương, Diệu, Thị Diệu, Bích, Quỳnh
    """
)
GIVEN_MEN = _listed(
    """
    Hùng, Dũng, Tuấn, Minh, Hải, Long, Nam, Sơn, Thành, Cường, Hiếu, Hòa, Phúc, Đức, Tâm, Quang,
    Khánh, Thắng, Tiến, Trung, Bình, Lộc, Phong, Quân, Vinh, Toàn, Tài, Huy, Hoàng, Kiên, Lâm, An,
    Bảo, Đạt, Duy, Hậu, Hưng, Khoa, Linh, Lợi, Mạnh, Nghĩa, Nhân, Nhật, Phước, Quốc, Quý, Sang,
    Tân, Thái, Thiện, Thịnh, Thông, Tín, Trí, Tú, Tùng, Việt, Vũ, Xuân, Chiến, Công, Định, Giang,
    Hiền
    """
)
GIVEN_WOMEN = _listed(
    """
    Hoa, Lan, Hương, Mai, Hằng, Hạnh, Thủy, Nga, Hà, Thảo, Linh, Loan, Phượng, Yến, Ngọc, Thu,
    Dung, Huệ, Liên, Tâm, Nhung, Oanh, Vân, Trang, Tuyết, Xuân, Bích, Cúc, Diễm, Đào, Gái, Giang,
    Hiền, Hồng, Huyền, Kiều, Lài, Lệ, Lý, Minh, Mỹ, My, Na, Ngân, Nguyệt, Nhàn, Nhi, Nhiên,
    Phương, Quyên, Quỳnh, Sen, Sương, Thanh, Thắm, Thơ, Thúy, Thương, Tiên, Trâm, Trinh, Tú, Uyên,
    Vy, Hòa, Châu, Hậu
    """
)
STREETS = _listed(
    """
    Lê Lợi, Trần Hưng Đạo, Nguyễn Huệ, Lê Duẩn, Nguyễn Trãi, Phan Bội Châu, Phan Châu Trinh, Lý
    Thường Kiệt, Hai Bà Trưng, Ngô Quyền, Đinh Tiên Hoàng, Lê Thánh Tôn, Quang Trung, Nguyễn Du,
    Hồ Xuân Hương, Bà Triệu, Đoàn Thị Điểm, Chu Văn An, Nguyễn Công Trứ, Lê Quý Đôn, Hoàng Hoa
    Thám, Trần Phú, Nguyễn Thị Minh Khai, Võ Thị Sáu, Tố Hữu, Xuân Diệu, Huy Cận, Hàn Mặc Tử, Chế
    Lan Viên, Nguyễn Bính, Tản Đà, Nam Cao, Ngô Tất Tố, Vũ Trọng Phụng, Nguyễn Tuân, Tô Ngọc Vân,
    Bùi Xuân Phái, Nguyễn Phan Chánh, Văn Cao, Trịnh Công Sơn, Lưu Hữu Phước, Đặng Thai Mai, Tôn
    Thất Tùng, Phạm Ngọc Thạch, Đặng Văn Ngữ, Tạ Quang Bửu, Lương Thế Vinh, Mạc Đĩnh Chi, Nguyễn
    Bỉnh Khiêm, Phùng Khắc Khoan, Lê Văn Hưu, Ngô Sĩ Liên, Lý Nam Đế, Triệu Quang Phục, Mai Thúc
    Loan, Phùng Hưng, Khúc Thừa Dụ, Lê Hoàn, Lý Thái Tổ, Lý Nhân Tông, Trần Thái Tông, Trần Nhân
    Tông, Trần Quang Khải, Trần Nhật Duật, Trần Khánh Dư, Trần Quốc Toản, Phạm Ngũ Lão, Yết Kiêu,
    Dã Tượng, Nguyễn Biểu, Đặng Dung, Đặng Tất, Lê Lai, Lê Ngân, Nguyễn Xí, Bùi Thị Xuân, Trần
    Quang Diệu, Ngô Thì Nhậm, Phan Huy Ích, Nguyễn Thiếp, Nguyễn Tri Phương, Trương Định, Nguyễn
    Trung Trực, Phan Đình Phùng, Cao Thắng, Tống Duy Tân, Đinh Công Tráng, Lương Văn Can, Nguyễn
    Quyền, Huỳnh Thúc Kháng, Trần Quý Cáp, Thái Phiên, Trần Cao Vân, Duy Tân, Hàm Nghi, Thành
    Thái, Nguyễn Thái Học, Ký Con, Nguyễn Khuyến, Trần Tế Xương, Phan Kế Bính, Phan Văn Trị,
    Nguyễn Đình Chiểu, Bùi Hữu Nghĩa, Cao Bá Quát, Ông Ích Khiêm, Trần Thanh Mại, Hải Triều, Đào
    Duy Anh, Hoài Thanh, Thanh Tịnh, Nguyễn Khoa Chiêm
    """
)
VILLAGES = _listed(
    """
    An Thượng, Phú Lộc, Vân Dương, Thanh Lam, Xuân Hòa, Đông Hải, Lương Mỹ, Tân Mẫu, Hòa Phong,
    Cát Sơn, Thọ Sơn, Bình Trung, Mỹ Lợi, Hạ Lang, Thượng An, Trung Kiền, Đại Phú, Nam Phổ, Kim
    Sơn, Ngọc Hồ, Phước Điền, Giáp Tây, Giáp Đông, Cổ Mẫu
    """
)
BRIDGES = ("Cầu Gỗ", "Cầu Đá", "Cầu Tre", "Cầu Ván")
# How much oftener the first names of a list are than the last: the n-th weighs n to minus this.
WOMEN_MIDDLE, MEN_MIDDLE, GIVEN = 1.1, 0.7, 0.35


def people(women: NDArray[np.bool_], rng: np.random.Generator) -> Names:
    """Return one full name each, a woman's where `women` says so."""
    count = len(women)
    shares = np.array([float(name.split()[1]) for name in FAMILY])
    family = [name.split()[0] for name in FAMILY]
    families = rng.choice(np.array(family, dtype=object), count, p=shares / shares.sum())
    middle = np.where(
        women,
        _drawn(MIDDLE_WOMEN, count, rng, WOMEN_MIDDLE),
        _drawn(MIDDLE_MEN, count, rng, MEN_MIDDLE),
    )
    given = np.where(
        women, _drawn(GIVEN_WOMEN, count, rng, GIVEN), _drawn(GIVEN_MEN, count, rng, GIVEN)
    )
    names = families + " " + middle
    # Nobody is called Bích Bích.
    again = np.array([name.endswith(own) for name, own in zip(names, given, strict=True)])
    return np.asarray(names + np.where(again, " Hòa", " " + given), dtype=object)


def _drawn(words: list[str], count: int, rng: np.random.Generator, steepness: float) -> Names:
    weights = np.arange(1, len(words) + 1) ** -steepness
    return rng.choice(np.array(words, dtype=object), count, p=weights / weights.sum())
